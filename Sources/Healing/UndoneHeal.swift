package import KubernetesObjects
package import WireFormats

/// What a heal sent, and how what it changed was before: what is needed to take it back.
package struct UndoneHeal: Sendable, Equatable {
  package struct Call: Sendable, Equatable {
    package let target: ObjectKey
    package let method: String
    package let path: String
    package let contentType: String
    package let body: JSONValue
    package let backup: JSONValue?
    /// `nil` where nobody knows whether it arrived.
    package let isAccepted: Bool?
    /// The uid of what the server answered with.
    package let uid: String?

    package init(
      target: ObjectKey,
      method: String,
      path: String,
      contentType: String,
      body: JSONValue,
      backup: JSONValue?,
      isAccepted: Bool?,
      uid: String?
    ) {
      self.target = target
      self.method = method
      self.path = path
      self.contentType = contentType
      self.body = body
      self.backup = backup
      self.isAccepted = isAccepted
      self.uid = uid
    }

    /// The part of the object that it was sent to; empty for the object itself.
    var subresource: String {
      let parts = path.prefix { $0 != "?" }.split(separator: "/").map(String.init)
      // `api/v1` or `apis/GROUP/VERSION`, then perhaps `namespaces/NAME`, then `PLURAL/NAME`.
      let named = (parts.first == "api" ? 2 : 3) + (target.namespace.isEmpty ? 2 : 4)
      return parts.count > named ? parts[named] : ""
    }
  }

  package let id: HealIntent.ID
  package let cluster: String
  package let title: String
  package let calls: [Call]

  package init(id: HealIntent.ID, cluster: String, title: String, calls: [Call]) {
    self.id = id
    self.cluster = cluster
    self.title = title
    self.calls = calls
  }

  /// What has to be looked at before it can be said how to take it back.
  package var targets: [ObjectKey] {
    calls.map(\.target).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
