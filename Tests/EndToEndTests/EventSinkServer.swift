import Foundation
import TestServers

/// A sink of events that a test lets fail, and that remembers what came, in order.
final class EventSinkServer: Sendable {
  enum Mood: Sendable, CaseIterable {
    case taking, overloaded, slow, closed
  }

  /// An event in the binary mode.
  struct Arrival: Sendable {
    /// Its attributes by their names, and what its data is.
    let attributes: [String: String]
    let contentType: String
    let data: [UInt8]

    var source: String { self["source"] }
    var id: String { self["id"] }
    var type: String { self["type"] }
    var finding: String { self["finding"] }
    var subject: String { self["subject"] }

    /// Empty without such an attribute.
    subscript(attribute: String) -> String { attributes[attribute] ?? "" }
  }

  private let mood = Shared(Mood.taking)
  private let arrivals = Shared<[Arrival]>([])
  private let server = Shared<ScriptedServer?>(nil)
  let port: UInt16

  init() throws {
    let mood = mood
    let arrivals = arrivals
    let first = try ScriptedServer { Self.answer($0, mood.value, arrivals) }
    port = first.port
    server.change { $0 = first }
  }

  var url: String { "http://127.0.0.1:\(port)/events" }
  var all: [Arrival] { arrivals.value }

  private static func answer(
    _ request: ScriptedServer.Request,
    _ mood: Mood,
    _ arrivals: Shared<[Arrival]>
  ) -> [ScriptedServer.Action] {
    switch mood {
    case .overloaded: return [.answer("", status: 503)]
    case .closed: return [.cut]
    case .slow: usleep(100_000)
    case .taking: break
    }
    let attributes = request.headers.filter { $0.key.hasPrefix("ce-") }
      .map { (String($0.key.dropFirst("ce-".count)), $0.value) }
    let arrival = Arrival(
      attributes: Dictionary(attributes) { $1 },
      contentType: request.headers["content-type"] ?? "",
      data: request.body
    )
    arrivals.change { $0.append(arrival) }
    // What was taken may be unknown to the sender: it is sent again then.
    if mood == .slow, arrival.id.hasSuffix("7") { return [.cut] }
    return [.answer("", status: 202)]
  }

  func become(_ new: Mood) throws {
    let old = mood.change { mood in
      defer { mood = new }
      return mood
    }
    guard (old == .closed) != (new == .closed) else { return }
    if new == .closed {
      server.value?.stop()
    } else {
      let (mood, arrivals) = (mood, arrivals)
      let again = try ScriptedServer(port: port) { Self.answer($0, mood.value, arrivals) }
      server.change { $0 = again }
    }
  }

  func stop() { server.value?.stop() }
}

extension EventSinkServer {
  /// What each finding's events were, those that came twice once, in the order in which they first came.
  var histories: [String: [String]] {
    var seen: Set<String> = []
    var histories: [String: [String]] = [:]
    for arrival in all where seen.insert("\(arrival.source) \(arrival.id)").inserted {
      histories[arrival.finding, default: []].append(
        String(arrival.type.split(separator: ".").last ?? "")
      )
    }
    return histories
  }

  /// The subjects that have a finding now, by what came.
  var standing: Set<String> {
    var seen: Set<String> = []
    var open: [String: String] = [:]
    for arrival in all where seen.insert("\(arrival.source) \(arrival.id)").inserted {
      open[arrival.finding] = arrival.type.hasSuffix("resolved") ? nil : arrival.subject
    }
    return Set(open.values)
  }
}
