import KubernetesObjects
import NameMatching
package import YAMLReading

/// Somebody whom an agent tells of findings.
package struct NotificationSettings: Sendable, Equatable {
  /// Who it is, and where.
  package enum Receiver: Sendable, Equatable {
    /// An Alertmanager, by the URL under which its API begins.
    case alertmanager(url: String)
    /// Anything that takes a POST of JSON.
    case webhook(url: String)

    package var url: String {
      switch self {
      case .alertmanager(let url), .webhook(let url): url
      }
    }
  }

  package var name: String
  package var receiver: Receiver
  /// Which findings it is told of, as in the console's filter; empty for all that are not muted.
  package var filter = ""
  /// Where the filter stands.
  package var filterPlace: FieldPlace?
  /// How long one answer may take.
  package var timeout = Duration.seconds(10)
  /// How often an Alertmanager is told again what holds.
  package var repeatEvery = Duration.seconds(60)
  package var token: InventorySource.Token?
  package var tokenScheme = "Bearer"
  /// A file of certificates that are trusted instead of the system's.
  package var certificateAuthority: String?

  package init(name: String, receiver: Receiver) {
    self.name = name
    self.receiver = receiver
  }
}

extension SettingsReader {
  mutating func readNotifications(_ value: YAMLValue) {
    var names: Set<String> = []
    for element in elements(value) {
      guard let notification = notification(element, &names) else { continue }
      notePlace(of: element)
      settings.notifications.append(notification)
    }
  }

  private mutating func notification(
    _ element: YAMLValue,
    _ names: inout Set<String>
  ) -> NotificationSettings? {
    var read = NotificationSettings(name: "", receiver: .webhook(url: ""))
    var receivers = 0
    let known = ConfigurationKey.names(under: "notifications[]")
    let before = mistakes.count
    let isMap = readFields(of: element, known: known) { reader, field, value in
      switch field {
      case "name":
        read.name = reader.name(value) ?? ""
        if !read.name.isEmpty, !names.insert(read.name).inserted {
          let name = QuotedText.excerpt(read.name)
          reader.note(value.place, "another notification is named \(name) too")
        }
      case "alertmanager", "webhook":
        receivers += 1
        guard case .url(let url)? = reader.location(value, "url") else { return }
        read.receiver =
          field == "webhook" ? .webhook(url: url) : .alertmanager(url: url)
      case "filter":
        read.filter = reader.name(value) ?? ""
        read.filterPlace = value.place
      case "timeout": read.timeout = reader.positiveDuration(value) ?? read.timeout
      case "repeatEvery": read.repeatEvery = reader.positiveDuration(value) ?? read.repeatEvery
      case "tokenFile", "tokenCommand": read.token = reader.token(field, value)
      case "tokenScheme": read.tokenScheme = reader.word(value) ?? read.tokenScheme
      default: read.certificateAuthority = reader.filePath(value)
      }
    }
    guard isMap else { return nil }
    if element.value("name") == nil { note(element.place.appending("name"), "it is missing") }
    if receivers == 0 { note(element.place, "alertmanager or webhook is missing") }
    if receivers > 1 { note(element.place, "alertmanager and webhook exclude each other") }
    noteTwo("tokenFile", "tokenCommand", in: element)
    return mistakes.count == before ? read : nil
  }
}

extension SettingsText {
  var notifications: [String] {
    let notifications = file.settings.notifications
    guard !notifications.isEmpty else { return ["notifications: []" + origin("notifications")] }
    return ["notifications:" + origin("notifications")] + notifications.flatMap(Self.lines)
  }

  private static func lines(_ notification: NotificationSettings) -> [String] {
    var fields = [("name", QuotedText.quoted(notification.name))]
    switch notification.receiver {
    case .alertmanager(let url):
      fields.append(("alertmanager", QuotedText.quoted(url)))
      fields.append(("repeatEvery", DurationText.text(notification.repeatEvery)))
    case .webhook(let url): fields.append(("webhook", QuotedText.quoted(url)))
    }
    if !notification.filter.isEmpty {
      fields.append(("filter", QuotedText.quoted(notification.filter)))
    }
    fields.append(("timeout", DurationText.text(notification.timeout)))
    fields += signIn(
      notification.token,
      scheme: notification.tokenScheme,
      authority: notification.certificateAuthority
    )
    return element(fields)
  }
}
