package import NameMatching

/// Where KPatrol tells others of what it finds, as CloudEvents.
package struct EventSettings: Sendable, Equatable {
  /// The URL that events are sent to; `nil` where `K_SINK` names it, or nothing is told.
  package var sink: String?
  package var mode = RemoteCheckSettings.Mode.binary
  /// How many events one request holds at most, with the mode `batch`.
  package var batchSize = 50
  /// How many requests are under way at once.
  package var concurrency = 4
  /// How long one answer may take.
  package var timeout = Duration.seconds(10)
  package var token: InventorySource.Token?
  package var tokenScheme = "Bearer"
  /// A file of certificates that are trusted instead of the system's.
  package var certificateAuthority: String?
  /// The types of the events that are told.
  package var types: [NamePattern] = ["*"]
  /// Whether a terminal tells of findings, too, and not of heals alone.
  package var isFromTerminals = false
  /// The objects of whose changes the sink is told, each as a remote check that answers later.
  package var objects: [RemoteCheckSettings] = []
  /// How many events wait at most, and how many bytes they have then.
  package var maxEvents = 100_000
  package var maxMegabytes = 256

  package init() {}

  /// Whether events of a type are told.
  package func tells(_ type: String) -> Bool { types.contains { $0.matches(type) } }
}
