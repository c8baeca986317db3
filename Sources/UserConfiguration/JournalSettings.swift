import KubernetesObjects
import YAMLReading

/// How much is kept of what happened.
package struct JournalSettings: Sendable, Equatable {
  package var keepFor = Duration.seconds(90 * 86_400)
  package var maxMegabytes = 256
  package var secrets = Secrets.omitted
  /// The file of the key with which they are encrypted; `nil` for the one beside the journal.
  package var secretsKey: String?

  /// What is kept of the values of Secrets.
  package enum Secrets: String, Sendable, CaseIterable {
    case omitted
    case encrypted
  }

  package init() {}
}

extension SettingsReader {
  mutating func readJournal(_ value: YAMLValue) {
    let known = ConfigurationKey.names(under: "journal")
    // A heal must be there for somebody to look at it, and to take it back.
    let shortest = Duration.seconds(3600)
    readFields(of: value, known: known) { reader, field, value in
      switch field {
      case "keepFor":
        guard let duration = reader.duration(value) else { return }
        if duration < shortest { reader.note(value.place, "it is shorter than 1h") }
        reader.settings.journal.keepFor = duration
      case "secrets":
        let names = JournalSettings.Secrets.allCases.map(\.rawValue).joined(separator: " or ")
        let secrets = reader.scalar(value, "is not \(names)") {
          JournalSettings.Secrets(rawValue: $0)
        }
        if let secrets { reader.settings.journal.secrets = secrets }
      case "secretsKey": reader.settings.journal.secretsKey = reader.filePath(value)
      default:
        let megabytes = reader.scalar(value, "is not a whole number from 1 on; write 256") {
          Int($0).flatMap { 1...1_048_576 ~= $0 ? $0 : nil }
        }
        if let megabytes { reader.settings.journal.maxMegabytes = megabytes }
      }
    }
  }
}

extension SettingsText {
  var journal: [String] {
    let journal = file.settings.journal
    return [
      "journal:",
      "  keepFor: \(DurationText.text(journal.keepFor))" + origin("journal.keepFor"),
      "  maxMegabytes: \(journal.maxMegabytes)" + origin("journal.maxMegabytes"),
      "  secrets: \(journal.secrets.rawValue)" + origin("journal.secrets"),
      "  secretsKey:" + (journal.secretsKey.map { " " + QuotedText.quoted($0) } ?? "")
        + origin("journal.secretsKey"),
    ]
  }
}
