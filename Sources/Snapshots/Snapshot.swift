package import KubernetesObjects
import WireFormats

/// A cluster as files show it: what `kubectl get -o yaml`, `kubectl cluster-info dump` or a
/// must-gather have written, or manifests.
package struct Snapshot: Sendable {
  /// The last part of its path.
  package let name: String
  package let path: String
  /// The objects of each kind that there is any of.
  package let objects: [ObjectKind: [ObjectSnapshot]]
  package let resources: [APIResource]
  /// What could not be read and was left out.
  package let problems: [SnapshotProblem]
  /// The latest time that any object tells of; `nil` where none does.
  package let time: Timestamp?

  /// Reads a file or a folder.
  package init(at path: String) throws(SnapshotError) {
    var found: [SnapshotObject] = []
    var problems: [SnapshotProblem] = []
    for file in try SnapshotFiles(at: path).paths {
      let documents = SnapshotDocuments(try SnapshotFiles.bytes(of: file), path: file)
      problems += documents.problems
      for document in documents.documents {
        let (objects, others) = SnapshotObject.all(in: document, path: file)
        found += objects
        problems += others
      }
    }
    guard !found.isEmpty || !problems.isEmpty else { throw .empty(path: path) }
    self.path = path
    name = path.split(separator: "/").last.map(String.init) ?? path
    time = found.lazy.compactMap(\.newestTime).max()
    let kinds = SnapshotKinds(found)
    var resources: [ObjectKind: APIResource] = [:]
    var objects: [ObjectKind: [ObjectKey: ObjectSnapshot]] = [:]
    var pool = SharingPool()
    for object in found {
      let resource =
        resources[object.kind]
        ?? kinds.resource(of: object.kind, version: object.version, example: object)
      resources[object.kind] = resource
      do throws(WireError) {
        let read = try object.read(as: resource, sharing: &pool)
        objects[object.kind, default: [:]][read.record.key] = read  // The last of several counts.
      } catch {
        problems.append(
          SnapshotProblem(path: object.path, line: object.line, reason: "\(object.kind): \(error)")
        )
      }
    }
    self.objects = objects.mapValues { Array($0.values) }
    self.resources = resources.values.sorted { $0.kind < $1.kind }
    self.problems = problems
  }
}

extension SnapshotObject {
  /// Reads the record of the object; one of a namespaced kind that names no namespace is in
  /// `default`, where kubectl would put it.
  fileprivate func read(
    as resource: APIResource,
    sharing pool: inout SharingPool
  ) throws(WireError) -> ObjectSnapshot {
    var value = value
    if resource.isNamespaced, (value["metadata"]?["namespace"]?.stringValue ?? "").isEmpty {
      value[path: "metadata", "namespace"] = "default"
    }
    let bytes = value.encoded()
    var reader = JSONReader(bytes.span.bytes)
    return try reader.readFields { fields throws(WireError) in
      try ObjectDecoder().decode(&fields, of: resource, sharing: &pool)
    }
  }
}
