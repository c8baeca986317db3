import WireFormats

/// Who wrote which fields of an object: a third of what a real server sends.
enum ManagedFields {
  /// By what the elements of a list are told apart; other lists are written as a whole.
  private static let keys: [String: [String]] = [
    "addresses": ["type"], "conditions": ["type"], "containers": ["name"], "env": ["name"],
    "hostIPs": ["ip"], "initContainers": ["name"], "ownerReferences": ["uid"],
    "podIPs": ["ip"], "volumeMounts": ["mountPath"], "volumes": ["name"],
  ]
  /// Of a Pod and of a Service.
  private static let portKeys = [["containerPort", "protocol"], ["port", "protocol"]]

  /// An entry of `metadata.managedFields` for the members of `part`.
  static func entry(
    _ manager: JSONValue,
    _ apiVersion: JSONValue,
    of part: JSONValue,
    subresource: JSONValue? = nil
  ) -> JSONValue {
    var entry: JSONValue = [
      "manager": manager, "operation": "Update", "apiVersion": apiVersion,
      "time": "$created$", "fieldsType": "FieldsV1", "fieldsV1": fields(of: part),
    ]
    if let subresource { entry["subresource"] = subresource }
    return entry
  }

  private static func fields(of value: JSONValue, named name: String = "") -> JSONValue {
    switch value {
    case .object(let members):
      var fields: JSONValue = [:]
      if ["labels", "annotations", "limits", "requests"].contains(name) { fields["."] = [:] }
      for (key, member) in members { fields["f:\(key)"] = self.fields(of: member, named: key) }
      return fields
    case .array(let elements):
      var fields: JSONValue = [:]
      for element in elements {
        guard let key = key(of: element, in: name) else { return [:] }
        var inner: JSONValue = [:]
        // Owners are written as a whole each.
        if name != "ownerReferences" {
          inner = self.fields(of: element)
          inner["."] = [:]
        }
        fields["."] = [:]
        fields["k:\(String(decoding: key.encoded(), as: UTF8.self))"] = inner
      }
      return fields
    default:
      return [:]
    }
  }

  private static func key(of element: JSONValue, in list: String) -> JSONValue? {
    let candidates = list == "ports" ? portKeys : keys[list].map { [$0] } ?? []
    for names in candidates where names.allSatisfy({ element[$0] != nil }) {
      return .object(
        Dictionary(
          names.map { ($0, element[$0] ?? .null) },
          uniquingKeysWith: { first, _ in first }
        )
      )
    }
    return nil
  }
}
