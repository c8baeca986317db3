package import KubernetesObjects

/// What a reflector tells of its resource.
package enum StreamEvent: Sendable {
  /// A list is coming: so many objects of so many, where the server tells.
  case listing(received: Int, expected: Int?)
  /// The next objects of the first list, which are told as they come; `startsList` where those told
  /// before belong to a list that broke off.
  case part([ObjectSnapshot], startsList: Bool)
  /// The first list is complete: what no part of it had is not there.
  case completed(resourceVersion: String)
  /// A whole list, in place of all that was known.
  case replaced([ObjectSnapshot], resourceVersion: String)
  /// Changes since, in their order.
  case changes([ObjectChange])
  case state(StreamState)
}

/// One change of one object.
package enum ObjectChange: Sendable {
  case upserted(ObjectSnapshot)
  case deleted(ObjectKey, uid: ObjectUID)
}

/// How a stream is doing.
package enum StreamState: Sendable, Equatable {
  case connecting
  case listing
  case watching
  /// It failed, and is tried again after this time.
  case waiting(for: Duration, because: String)
  case forbidden(String)
  case signedOut(String)
  /// The server does not serve the resource, or no longer.
  case unsupported(String)
}
