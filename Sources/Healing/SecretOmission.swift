import KubernetesObjects
package import WireFormats

/// What keeps the values of Secrets so that only who has its key can read them.
package protocol SecretSealing: Sendable {
  /// Where the key is, for whoever has to look after it.
  var place: String { get }

  /// `label` tells what it is; it opens under the same label alone.
  func seal(_ bytes: [UInt8], as label: String) throws(JournalFailure) -> String
  func open(_ sealed: String, as label: String) throws(JournalFailure) -> [UInt8]
}

/// The part of what was written down that only who has the key can read.
package enum SealedPart {
  static let key = "kpatrol.io/sealed"

  /// The rest, for people to read.
  package static func hidden(in value: JSONValue) -> JSONValue {
    guard value[key] != nil else { return value }
    var value = value
    value[key] = "(kept encrypted)"
    return value
  }
}

/// What is written down of a Secret: everything but its values, or these sealed.
enum SecretOmission {
  static let kind = ObjectKind("Secret")
  /// Who applies Secrets with kubectl leaves the values in an annotation, too.
  private static let copy = "kubectl.kubernetes.io/last-applied-configuration"
  private static let omitted: JSONValue = "(not kept)"
  /// What of a call is meant.
  enum Part: String {
    case backup
    case body
  }

  /// What is written down of a part of a call about a target.
  static func kept(
    _ value: JSONValue,
    _ part: Part,
    of target: ObjectKey,
    by sealing: (any SecretSealing)?
  ) throws(JournalFailure) -> JSONValue {
    let readable = without(valuesIn: value, of: target.kind)
    guard let sealing, readable != value else { return readable }
    let text = try sealing.seal(value.encoded(), as: label(part, target))
    // A patch may be a list, which has no place beside its elements.
    var kept: JSONValue = readable.objectValue == nil ? ["patch": readable] : readable
    kept[SealedPart.key] = .string(text)
    return kept
  }

  /// The whole of what was written down; as it is where nothing of it is sealed.
  static func opened(
    _ value: JSONValue,
    _ part: Part,
    of target: ObjectKey,
    by sealing: (any SecretSealing)?
  ) throws(JournalFailure) -> JSONValue {
    guard let text = value[SealedPart.key]?.stringValue else { return value }
    guard let sealing else {
      throw JournalFailure(
        "The values of \(target) are kept encrypted, and the configuration names no key: see "
          + "journal.secrets."
      )
    }
    let bytes = try sealing.open(text, as: label(part, target))
    guard let whole = try? JSONValue(parsing: bytes) else {
      throw JournalFailure("What was kept of \(target) is damaged.")
    }
    return whole
  }

  private static func label(_ part: Part, _ target: ObjectKey) -> String {
    "\(part.rawValue) of \(target)"
  }

  /// Whether values of a Secret are missing in what was written down.
  static func isOmitted(in value: JSONValue?) -> Bool {
    switch value {
    case .object(let members)?: members.values.contains(where: isOmitted)
    case let value: value == omitted
    }
  }

  /// An object, or a patch of one, without the values that it holds if it is a Secret.
  static func without(valuesIn value: JSONValue, of kind: ObjectKind) -> JSONValue {
    guard kind == self.kind else { return value }
    if let operations = value.arrayValue { return .array(operations.map(withoutValue)) }
    var value = value
    for part in ["data", "stringData"] {
      for key in (value[part]?.objectValue ?? [:]).keys { value[path: part, key] = omitted }
    }
    if value[path: "metadata", "annotations", copy] != nil {
      value[path: "metadata", "annotations", copy] = omitted
    }
    return value
  }

  /// An operation of a JSON patch, whose values are kept only where they name the object and its
  /// owners.
  private static func withoutValue(_ operation: JSONValue) -> JSONValue {
    let kept = ["/metadata/uid", "/metadata/finalizers", "/metadata/ownerReferences"]
    let path = operation["path"]?.stringValue ?? ""
    guard operation["value"] != nil, !kept.contains(where: path.hasPrefix) else { return operation }
    var operation = operation
    operation["value"] = omitted
    return operation
  }
}

extension UndoneHeal {
  /// The same with what was kept sealed; fails where that cannot be opened.
  package func opened(by sealing: (any SecretSealing)?) throws(JournalFailure) -> UndoneHeal {
    var calls: [Call] = []
    for call in self.calls {
      calls.append(
        Call(
          target: call.target,
          method: call.method,
          path: call.path,
          contentType: call.contentType,
          body: try SecretOmission.opened(call.body, .body, of: call.target, by: sealing),
          backup: try call.backup.map { backup throws(JournalFailure) in
            try SecretOmission.opened(backup, .backup, of: call.target, by: sealing)
          },
          isAccepted: call.isAccepted,
          uid: call.uid
        )
      )
    }
    return UndoneHeal(id: id, cluster: cluster, title: title, calls: calls)
  }
}
