import KubernetesObjects
package import WireFormats

extension UndoneHeal.Call {
  /// Whether the call arrived, as far as its target shows: a sentence for whoever must go on from there.
  ///
  /// `now` is what the API server has of it; `nil` where it is not there.
  package func arrival(_ now: JSONValue?) -> String {
    switch method {
    case "PATCH": arrivalOfPatch(now)
    case "POST" where subresource != "eviction":
      now == nil ? "\(target) is not there: it was not made." : "\(target) is there."
    default: arrivalOfDeletion(now)
    }
  }

  /// What the patch was to make of its target; `nil` where that cannot be told.
  func result(on backup: JSONValue) -> JSONValue? {
    switch subresource {
    case "": UndoPatch.result(of: body, contentType: contentType, on: backup)
    case ReplicaChange.subresource: ReplicaChange.applied(body, to: backup)
    default: nil
    }
  }

  private func arrivalOfDeletion(_ now: JSONValue?) -> String {
    guard let now else { return "\(target) is gone: the call arrived." }
    let uid = now[path: "metadata", "uid"]
    guard uid == backup?[path: "metadata", "uid"] else {
      return "Another \(target) is there: the call arrived."
    }
    return now[path: "metadata", "deletionTimestamp"] == nil
      ? "\(target) is still there: the call did not arrive."
      : "\(target) is being deleted: the call arrived."
  }

  private func arrivalOfPatch(_ now: JSONValue?) -> String {
    guard let now else { return "\(target) is gone." }
    guard let backup, let patched = result(on: backup) else {
      return "Whether \(target) was changed cannot be told: look at it."
    }
    let changes = FieldChange.changes(from: backup, to: patched)
    func isNow(_ value: (FieldChange) -> JSONValue?) -> Bool {
      changes.allSatisfy { $0.path.value(in: now) == value($0) }
    }
    if isNow(\.after) { return "\(target) is as the call was to make it: it arrived." }
    return isNow(\.before)
      ? "\(target) is as it was before: the call did not arrive."
      : "\(target) was changed by others since: look at it."
  }
}
