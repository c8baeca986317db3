import ClusterGraph
import KubernetesClient
import KubernetesObjects

/// What a monitor knows of one resource's stream.
struct ResourceStream {
  let resource: APIResource
  /// The only namespace whose objects are followed; `nil` for all.
  let namespace: String?
  var task: Task<Void, Never>
  var state = StreamState.connecting
  /// Whether the resource was listed at least once.
  var isSynced = false
  /// Whether it was listed and the watch from there has not begun yet.
  var isFresh = false
  /// The first list, while it comes.
  var firstList: ListIntake?
  /// Objects received by a later list that is under way.
  var listed = 0
  /// Since when nothing comes; `nil` while the stream runs.
  var brokenSince: Timestamp?

  /// How long a stream may be down before what it showed is no longer believed.
  static let patience = Duration.seconds(120)

  /// When the kind turns unknown, unless the stream recovers.
  var doubtDeadline: Timestamp? { brokenSince.map { $0 + Self.patience } }
}
