package import KubernetesObjects

/// How a reflector goes about its work.
package struct ReflectorOptions: Sendable {
  /// Ask for the objects' metadata alone.
  package var metadataOnly = false
  /// What to keep of objects besides their records; such objects are asked for as JSON, for protobuf does
  /// not tell what is not set from what is zero.
  package var projection: FieldProjection?
  /// Which objects to follow, by their namespaces; the server sends the others as well, and they are
  /// not read.
  package var filter: NamespaceFilter?
  /// Which objects to follow, by their fields: `type=Warning`; empty for all.
  package var fieldSelector = ""
  package var mode = ListMode.whole
  /// What lets it list; shared by all reflectors of a cluster.
  package var gate = ListGate()
  /// Its place among those that wait to list: the lowest comes first.
  package var priority = 0
  /// What it takes for granted of a watch's silence.
  package var silence = ExpectedSilence()
  /// How it waits, which only tests need to change.
  package var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

  package init() {}
}
