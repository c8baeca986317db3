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
  /// The API server's version, where its own Pod is among the objects.
  package let serverVersion: String?

  /// Reads a file or a folder; `extensions` say what is kept of objects besides their records, `annotations`
  /// which of these besides those that checks read.
  package init(
    at path: String,
    keeping extensions: [ObjectKind: KindExtension] = [:],
    annotations: Set<String> = []
  ) throws(SnapshotError) {
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
    // While servers are upgraded one by one, kubelets have to suit the oldest.
    serverVersion = found.compactMap(\.serverVersion).min { $0.version < $1.version }?.text
    let kinds = SnapshotKinds(found)
    var resources: [ObjectKind: APIResource] = [:]
    var objects: [ObjectKind: [ObjectKey: ObjectSnapshot]] = [:]
    var pool = SharingPool()
    for object in found {
      let resource =
        resources[object.kind]
        ?? kinds.resource(of: object.kind, version: object.version, example: object)
      resources[object.kind] = resource
      do throws(SnapshotProblem) {
        let read = try object.read(
          as: resource,
          by: ObjectDecoder(
            keeping: extensions[object.kind]?.projection,
            annotations: annotations
          ),
          sharing: &pool
        )
        objects[object.kind, default: [:]][read.record.key] = read  // The last of several counts.
      } catch {
        problems.append(error)
      }
    }
    for defined in kinds.definedResources where resources[defined.kind] == nil {
      resources[defined.kind] = defined
    }
    self.objects = objects.mapValues { Array($0.values) }.mapValues { [time] in
      Self.keepingLeases($0, until: time)
    }
    self.resources = resources.values.sorted { $0.kind < $1.kind }
    self.problems = problems
  }
}

extension Snapshot {
  /// The objects, where they are Leases as of the snapshot's time.
  private static func keepingLeases(
    _ objects: [ObjectSnapshot],
    until time: Timestamp?
  ) -> [ObjectSnapshot] {
    let leases = objects.compactMap { $0.record as? Lease }
    guard let time, let newest = leases.compactMap(\.renewTime).max() else { return objects }
    return objects.map { object in
      guard let lease = object.record as? Lease else { return object }
      return ObjectSnapshot(
        record: lease.read(with: newest, keptUntil: time),
        version: object.version,
        projected: object.projected
      )
    }
  }
}

extension SnapshotObject {
  /// Reads the record of the object; one of a namespaced kind that names no namespace is in
  /// `default`, where kubectl would put it.
  fileprivate func read(
    as resource: APIResource,
    by decoder: ObjectDecoder,
    sharing pool: inout SharingPool
  ) throws(SnapshotProblem) -> ObjectSnapshot {
    var value = value
    if resource.isNamespaced, (value["metadata"]?["namespace"]?.stringValue ?? "").isEmpty {
      value[path: "metadata", "namespace"] = "default"
    }
    let bytes = value.encoded()
    do throws(WireError) {
      var reader = JSONReader(bytes.span.bytes)
      return try reader.readFields { fields throws(WireError) in
        try decoder.decode(&fields, of: resource, sharing: &pool)
      }
    } catch {
      let name = value["metadata"]?["name"]?.stringValue ?? ""
      throw SnapshotProblem(
        path: path,
        line: line,
        reason: "\(kind) \(name): \(error.reason(in: bytes))"
      )
    }
  }

  /// The version in the image of an API server's own Pod.
  fileprivate var serverVersion: (version: KubernetesVersion, text: String)? {
    guard kind == Pod.kind,
      value["metadata"]?["labels"]?["component"]?.stringValue == "kube-apiserver",
      value["metadata"]?["namespace"]?.stringValue == "kube-system"
    else { return nil }
    let images = value["spec"]?["containers"]?.arrayValue?.compactMap { $0["image"]?.stringValue }
    guard let tag = images?.first?.split(separator: ":").last.map(String.init),
      let version = KubernetesVersion(tag)
    else { return nil }
    return (version, tag)
  }
}

extension WireError {
  /// What is wrong, and in which field: places in bytes mean nothing to whoever wrote YAML.
  fileprivate func reason(in bytes: [UInt8]) -> String {
    let before = String(decoding: bytes.prefix(offset), as: UTF8.self)
    let names = before.split(separator: "\":", omittingEmptySubsequences: false).dropLast()
    guard let name = names.last?.split(separator: "\"").last else { return fault }
    return "\(name): \(fault)"
  }
}
