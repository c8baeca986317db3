import Foundation

/// Answers as the recorded API server did, from `Tests/RecordedTraffic`.
///
/// Lists of kinds that were not recorded are empty; watches stay silent.
package struct RecordedWorld: Sendable {
  private struct Exchange: Sendable {
    let name: String
    let method: String
    let target: String
    let accept: String
    let status: Int
    var body: [UInt8]

    var path: String { String(target.prefix { $0 != "?" }) }
  }

  private let exchanges: [Exchange]

  /// `without` are the names of objects that are left out of the lists, by the last part of their
  /// path: `pods`.
  package init(without names: [String: Set<String>] = [:]) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "RecordedTraffic")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".http") && $0 < "101" }.sorted()
    exchanges = try files.compactMap { file in
      guard
        var exchange = Self.exchange(
          file,
          [UInt8](try Data(contentsOf: folder.appending(path: file)))
        )
      else { return nil }
      let plural = exchange.path.split(separator: "/").last.map(String.init) ?? ""
      if let left = names[plural], exchange.method == "GET" {
        exchange.body = try Self.list(exchange.body, without: left)
      }
      return exchange
    }
  }

  /// A list's body without the objects of these names.
  private static func list(_ body: [UInt8], without names: Set<String>) throws -> [UInt8] {
    guard var list = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
      let items = list["items"] as? [[String: Any]]
    else { return body }
    list["items"] = items.filter { item in
      let metadata = item["metadata"] as? [String: Any]
      return !names.contains(metadata?["name"] as? String ?? "")
    }
    return [UInt8](try JSONSerialization.data(withJSONObject: list))
  }

  /// What the recorded server said to such a request.
  package func answer(to request: ScriptedServer.Request) -> [ScriptedServer.Action] {
    let query = URLComponents(string: request.target)?.queryItems ?? []
    if query.contains(where: { $0.name == "watch" }) { return [.streamHead(), .hold] }
    let wanted = request.headers["accept"] ?? ""
    let matching = exchanges.filter { exchange in
      exchange.method == request.method && exchange.path == request.path
        && exchange.target == exchange.path
        && !exchange.name.hasPrefix("064") && !exchange.name.hasPrefix("065")
        && !exchange.name.hasPrefix("099")
    }
    let exact = matching.first { $0.accept == wanted }
    guard let exchange = exact ?? matching.first(where: { $0.accept == "application/json" }) else {
      let empty =
        #"{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"357"},"items":[]}"#
      return [.answer(empty, headers: ["Content-Type": "application/json"])]
    }
    return [
      .answer(
        exchange.body,
        status: exchange.status,
        headers: ["Content-Type": "application/json"]
      )
    ]
  }

  private static func exchange(_ name: String, _ bytes: [UInt8]) -> Exchange? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let middle = text.range(of: "--- response ---\n"),
      let end = text.range(of: "\n\n", range: middle.upperBound..<text.endIndex)
    else { return nil }
    let lines = text[..<middle.lowerBound].split(separator: "\n")
    let words = lines.first?.split(separator: " ") ?? []
    let statusWords = text[middle.upperBound...].split(separator: " ", maxSplits: 2)
    guard words.count > 1, statusWords.count > 1, let status = Int(statusWords[1]) else {
      return nil
    }
    let accept = lines.first { $0.hasPrefix("Accept: ") }?.dropFirst("Accept: ".count) ?? ""
    return Exchange(
      name: name,
      method: String(words[0]),
      target: String(words[1]),
      accept: accept.trimmingCharacters(in: .whitespaces),
      status: status,
      body: Array(text[end.upperBound...].utf8)
    )
  }
}
