import Foundation

/// One exchange with a real API server, from `Tests/RecordedTraffic`.
package struct RecordedExchange: Sendable {
  package let requestLine: String
  package let requestBody: [UInt8]
  package let statusLine: String
  package let body: [UInt8]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "RecordedTraffic")

  /// The numbers of all requests that were recorded.
  package static var numbers: [String] {
    get throws {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix(".http") }.map { String($0.prefix(3)) }.sorted()
    }
  }

  /// Reads the exchange whose file name begins with `number`: `"012"`.
  package init(_ number: String) throws {
    let folder = Self.folder
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard let name = names.first(where: { $0.hasPrefix("\(number)-") }) else {
      throw CocoaError(.fileNoSuchFile)
    }
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
    let (request, response) = Self.split(bytes, at: Array("--- response ---\n".utf8))
    let (requestHead, requestBody) = Self.split(request, at: Array("\n\n".utf8))
    let (head, body) = Self.split(response, at: Array("\n\n".utf8))
    self.requestBody = Array(requestBody.trimmingPrefix { $0 == UInt8(ascii: "\n") })
    self.body = body
    requestLine = Self.firstLine(of: requestHead)
    statusLine = Self.firstLine(of: head)
  }

  private static func split(_ bytes: [UInt8], at mark: [UInt8]) -> ([UInt8], [UInt8]) {
    guard let range = bytes.firstRange(of: mark) else { return (bytes, []) }
    return (Array(bytes[..<range.lowerBound]), Array(bytes[range.upperBound...]))
  }

  private static func firstLine(of bytes: [UInt8]) -> String {
    String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      .trimmingCharacters(in: .whitespaces)
  }
}
