package import CloudEvents
package import KubernetesObjects

/// Events that are sent together, and the objects that they tell of.
package struct RemoteBatch: Sendable {
  package struct Subject: Sendable, Equatable {
    package let key: ObjectKey
    package let uid: ObjectUID
    /// What the service knows of it then; `nil` where it is gone.
    package let digest: Int?
  }

  package let id: Int
  package let events: [CloudEvent]
  package let subjects: [Subject]
}

/// What a worker does next.
package enum RemoteWork: Sendable {
  case send(RemoteBatch)
  /// There is nothing to send until somebody says so, or so long at most.
  case wait(Duration)
}
