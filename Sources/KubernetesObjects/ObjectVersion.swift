/// Which state of an object was read, and who brought it about: what changes with every write, and
/// so is no part of a record.
package struct ObjectVersion: Hashable, Sendable {
  /// Opaque (`metadata.resourceVersion`).
  package var resourceVersion = ""
  /// Who wrote last, as far as field management tells (`metadata.managedFields`): `kubelet`,
  /// `kubectl-client-side-apply`; empty where it does not.
  package var manager = ""

  package init(resourceVersion: String = "", manager: String = "") {
    self.resourceVersion = resourceVersion
    self.manager = manager
  }
}
