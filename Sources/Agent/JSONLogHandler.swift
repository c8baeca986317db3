import Foundation
import KubernetesObjects
package import Logging
import Monitoring
import WireFormats

/// Writes log messages as lines of JSON, as what collects a container's logs reads them.
package struct JSONLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel = Logger.Level.info
  private let label: String
  private let write: @Sendable ([UInt8]) -> Void

  package init(
    label: String,
    write: @escaping @Sendable ([UInt8]) -> Void = { bytes in
      FileHandle.standardError.write(Data(bytes))
    }
  ) {
    self.label = label
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var members: [String: JSONValue] = [
      "time": .string(WallClock.system.now().rfc3339),
      "level": .string(event.level.rawValue),
      "logger": .string(label),
      "message": .string("\(event.message)"),
    ]
    for (name, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
    where members[name] == nil {
      members[name] = .string("\(value)")
    }
    if let error = event.error { members["error"] = .string("\(error)") }
    write(JSONValue.object(members).encoded() + [UInt8(ascii: "\n")])
  }
}
