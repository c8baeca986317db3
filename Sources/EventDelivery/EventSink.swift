import CloudEvents
package import UserConfiguration
import WireFormats

/// Where events go, and how: as the configuration says, or the variables that Knative sets.
package struct EventSink: Sendable {
  package struct Mistake: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  package let url: String
  package let settings: EventSettings
  /// Attributes that every event has besides its own, or instead of them.
  package let extensions: [String: String]

  /// `nil` where nobody names a sink; throws where `K_SINK` or `K_CE_OVERRIDES` is none of Knative's.
  package init?(_ settings: EventSettings, environment: [String: String]) throws(Mistake) {
    let variable = environment["K_SINK"].flatMap { $0.isEmpty ? nil : $0 }
    guard let url = settings.sink ?? variable else { return nil }
    guard settings.sink != nil || Self.isURL(url) else {
      throw Mistake(description: "K_SINK is no URL: it must be http://… or https://….")
    }
    self.url = url
    self.settings = settings
    extensions = try Self.extensions(environment["K_CE_OVERRIDES"] ?? "")
  }

  /// The host that events are sent to.
  package var place: String {
    url.split(separator: "/").dropFirst().first.map(String.init) ?? url
  }

  /// What asks the sink, as a remote check's service is asked.
  package func remote(_ objects: RemoteCheckSettings? = nil) -> RemoteCheckSettings {
    var remote = objects ?? RemoteCheckSettings(name: "", url: url, kinds: [])
    remote.url = url
    remote.mode = settings.mode
    remote.batchSize = settings.batchSize
    remote.concurrency = min(settings.concurrency, 2)
    remote.timeout = settings.timeout
    remote.token = settings.token
    remote.tokenScheme = settings.tokenScheme
    remote.certificateAuthority = settings.certificateAuthority
    remote.extensions = extensions
    remote.isAnsweredLater = true
    return remote
  }

  private static func isURL(_ text: String) -> Bool {
    let parts = text.split(separator: "://", maxSplits: 1)
    return parts.count == 2 && ["http", "https"].contains(parts[0].lowercased())
      && !parts[1].hasPrefix("/") && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  private static func extensions(_ text: String) throws(Mistake) -> [String: String] {
    guard !text.isEmpty else { return [:] }
    let help = #"K_CE_OVERRIDES is not {"extensions": {"name": "text"}}: "#
    let value: JSONValue
    do throws(WireError) {
      value = try JSONValue(parsing: Array(text.utf8))
    } catch {
      throw Mistake(description: help + "it is no JSON.")
    }
    guard let members = (value["extensions"] ?? .object([:])).objectValue else {
      throw Mistake(description: help + "its extensions are no map.")
    }
    var extensions: [String: String] = [:]
    for (name, value) in members {
      guard CloudEvent.isName(name), !CloudEvent.ownAttributes.contains(name),
        let text = value.stringValue
      else {
        throw Mistake(description: help + "names are small letters and digits, values are texts.")
      }
      extensions[name] = text
    }
    return extensions
  }
}
