/// A ClusterRoleBinding, as far as checks read it.
package struct ClusterRoleBinding: RoleGrant {
  package typealias Field = RoleGrantField

  package static let kind = ObjectKind("ClusterRoleBinding", group: "rbac.authorization.k8s.io")

  package var metadata: ObjectMetadata
  package var role = ObjectMention()
  package var subjects: [RoleSubject] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}
