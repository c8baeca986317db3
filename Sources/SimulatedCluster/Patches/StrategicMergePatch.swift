import WireFormats

/// Kubernetes' own merge: lists of named things merge by that name instead of replacing each other.
enum StrategicMergePatch {
  /// The member that tells the elements of a list apart; lists that are not here are replaced whole.
  private static let mergeKeys: [String: String] = [
    "addresses": "type", "conditions": "type", "containers": "name",
    "containerStatuses": "name", "env": "name", "ephemeralContainers": "name",
    "hostAliases": "ip", "imagePullSecrets": "name", "initContainers": "name",
    "ownerReferences": "uid", "podIPs": "ip", "secrets": "name",
    "topologySpreadConstraints": "topologyKey", "volumeDevices": "devicePath",
    "volumeMounts": "mountPath", "volumes": "name",
  ]
  /// Lists of plain values that are united.
  private static let unitedLists: Set<String> = ["finalizers"]

  static func apply(_ patch: JSONValue, to value: JSONValue) -> JSONValue {
    guard case .object(var members) = patch else { return patch }
    let directive = members.removeValue(forKey: "$patch")?.stringValue
    if directive == "replace" { return .object(members) }
    if directive == "delete" { return .null }
    var result: JSONValue = value.objectValue == nil ? [:] : value
    if let retained = members.removeValue(forKey: "$retainKeys")?.arrayValue {
      let kept = Set(retained.compactMap(\.stringValue))
      for key in result.objectValue?.keys ?? [:].keys where !kept.contains(key) {
        result[key] = nil
      }
    }
    for (key, member) in members where !key.hasPrefix("$") {
      if member == .null {
        result[key] = nil
      } else if let elements = member.arrayValue {
        result[key] = merged(elements, into: result[key]?.arrayValue ?? [], key)
      } else {
        let merged = apply(member, to: result[key] ?? .null)
        result[key] = merged == .null ? nil : merged
      }
    }
    let deletion = "$deleteFromPrimitiveList/"
    for (key, member) in members where key.hasPrefix(deletion) {
      let list = String(key.dropFirst(deletion.count))
      let removed = member.arrayValue ?? []
      result[list] = result[list]?.arrayValue.map { elements in
        .array(elements.filter { !removed.contains($0) })
      }
    }
    return result
  }

  private static func merged(
    _ patch: [JSONValue],
    into elements: [JSONValue],
    _ list: String
  ) -> JSONValue {
    if unitedLists.contains(list) {
      return .array(elements + patch.filter { !elements.contains($0) })
    }
    guard let key = mergeKey(of: list, patch) else { return .array(patch) }
    if patch.contains(where: { $0["$patch"] == "replace" }) {
      return .array(patch.filter { $0["$patch"] == nil })
    }
    var result = elements
    for element in patch {
      let index = result.firstIndex { $0[key] == element[key] }
      if element["$patch"] == "delete" {
        if let index { result.remove(at: index) }
      } else if let index {
        result[index] = apply(element, to: result[index])
      } else {
        result.append(element)
      }
    }
    return .array(result)
  }

  /// Ports are told apart by `port` in Services and by `containerPort` in containers.
  private static func mergeKey(of list: String, _ patch: [JSONValue]) -> String? {
    guard list == "ports" else { return mergeKeys[list] }
    return patch.contains { $0["containerPort"] != nil } ? "containerPort" : "port"
  }
}
