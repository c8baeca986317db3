import CloudEvents
import Inspection
import KubernetesObjects
import UserConfiguration
import WireFormats
import YAMLReading

@testable import RemoteChecks

extension RemoteCheckSettings {
  /// What a configuration says of a check of ConfigMaps.
  static func sample(
    kinds: [String] = ["ConfigMap"],
    fields: [String] = [],
    _ change: (inout RemoteCheckSettings) -> Void = { _ in }
  ) -> RemoteCheckSettings {
    var settings = RemoteCheckSettings(
      name: "team",
      url: "http://127.0.0.1:1/check",
      kinds: kinds.map { .sample($0) }
    )
    settings.fields = fields.compactMap { RecordPath($0) }
    change(&settings)
    return settings
  }
}

extension RemoteCheckSettings.Text {
  static func sample(_ text: String) -> Self {
    RemoteCheckSettings.Text(
      text,
      at: FieldPlace(path: "f.yaml", line: 1, column: 1, field: "remoteChecks[0]")
    )
  }
}

extension ObjectKey {
  static func configMap(_ name: String) -> ObjectKey {
    ObjectKey(ConfigMap.kind, namespace: "shop", name: name)
  }
}

extension RemoteObject {
  /// A ConfigMap whose contents are these.
  static func sample(_ key: ObjectKey, uid: String = "u", _ fields: JSONValue = [:]) -> Self {
    RemoteObject(key: key, uid: ObjectUID(uid), apiVersion: "v1", fields: fields)
  }
}

extension CloudEvent {
  /// A service's event that tells of a finding.
  static func finding(
    about key: ObjectKey?,
    _ data: JSONValue = ["reason": "Bad", "message": "It is bad"]
  ) -> CloudEvent {
    var event = CloudEvent(
      id: "1",
      source: "/checks/team",
      type: RemoteAnswers.eventType,
      data: .json(data)
    )
    event.subject = key.map(RemoteObject.subject)
    return event
  }
}

extension ReadEvents {
  init(_ events: [CloudEvent]) {
    self.init()
    self.events = events
  }
}
