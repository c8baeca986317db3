package import KubernetesClient
package import KubernetesObjects

/// Whose log somebody wants to see, and what of it.
package struct LogRequest: Sendable, Hashable {
  package enum Containers: Sendable, Hashable {
    /// The one that `kubectl logs` shows: that which an annotation names, or the first.
    case standard
    case all
    case named(String)
  }

  /// Another number for each reading.
  package let id: UInt64
  /// A Pod, or an object that stands for Pods.
  package let object: ClusterObject
  package var containers: Containers
  package var start: LogOptions.Start
  package var isPrevious: Bool

  package init(
    id: UInt64,
    _ object: ClusterObject,
    containers: Containers = .standard,
    start: LogOptions.Start,
    isPrevious: Bool = false
  ) {
    self.id = id
    self.object = object
    self.containers = containers
    self.start = start
    self.isPrevious = isPrevious
  }

  /// Whether lines to come are wanted, too; who reads from the beginning wants to see that.
  var follows: Bool { !isPrevious && start != .beginning }

  /// What is asked for of one container; a log from its beginning is no longer than anybody keeps.
  func options(of container: String) -> LogOptions {
    LogOptions(
      container: container,
      start: start,
      isPrevious: isPrevious,
      follows: follows,
      limitBytes: start == .beginning ? Self.longestBeginning : nil
    )
  }

  /// How much is read of a log from its beginning, in bytes.
  package static let longestBeginning = 4 << 20
}

/// A container whose log is read.
package struct LogSource: Sendable, Hashable {
  package let pod: ObjectKey
  package let container: String

  package init(pod: ObjectKey, container: String) {
    self.pod = pod
    self.container = container
  }
}

/// A line of the logs of several containers, or something that is to be told between them.
package struct LogEntry: Sendable, Hashable {
  /// `nil` where the entry is about none alone.
  package let source: LogSource?
  package let time: LogTime?
  package let text: String
  package let omittedBytes: Int
  /// Whether KPatrol says it, and no container.
  package let isNote: Bool

  package init(_ line: LogLine, of source: LogSource) {
    self.source = source
    time = line.time
    text = line.text
    omittedBytes = line.omittedBytes
    isNote = false
  }

  package init(note text: String, at time: LogTime?, about source: LogSource? = nil) {
    self.source = source
    self.time = time
    self.text = text
    omittedBytes = 0
    isNote = true
  }
}

/// What came of some logs since they were last looked at.
package struct LogNews: Sendable, Equatable {
  /// In the order of their times.
  package var entries: [LogEntry] = []
  /// The containers that are read.
  package var sources: [LogSource] = []
  /// The containers that there are in the Pods, by name.
  package var containers: [String] = []
  /// How many Pods there are; more than are read where they are too many.
  package var podCount = 0
  /// Whether nothing more will come.
  package var isComplete = false

  package init() {}
}
