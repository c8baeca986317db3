/// How a reflector goes about its work.
package struct ReflectorOptions: Sendable {
  /// Ask for the objects' metadata alone.
  package var metadataOnly = false
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
