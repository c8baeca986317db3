import WireFormats
import YAMLReading
import Yams

/// A change of one object in one of the four notations of the API.
struct Patch: Sendable {
  enum Kind: String, Sendable {
    case merge = "application/merge-patch+json"
    case json = "application/json-patch+json"
    case strategicMerge = "application/strategic-merge-patch+json"
    /// Server-side apply; fields have no owners here, so that it merges.
    case apply = "application/apply-patch+yaml"
  }

  let kind: Kind
  let value: JSONValue

  init(_ kind: Kind, parsing bytes: [UInt8]) throws(APIFailure) {
    self.kind = kind
    do {
      value = try kind == .apply ? Self.yaml(bytes) : JSONValue(parsing: bytes)
    } catch {
      throw .badRequest("error decoding patch: \(error)")
    }
    guard kind == .json ? value.arrayValue != nil : value.objectValue != nil else {
      throw .badRequest("error decoding patch: the body has the wrong form for \(kind.rawValue)")
    }
  }

  /// What is applied may be YAML, of which JSON is a part.
  private static func yaml(_ bytes: [UInt8]) throws -> JSONValue {
    let text = String(decoding: bytes, as: UTF8.self)
    return JSONValue(try YAMLValue(parsing: text, path: "patch").node)
  }

  func applied(to current: JSONValue) throws(APIFailure) -> JSONValue {
    // The version that was read is no condition; only one that the patch names is.
    var current = current
    let version = current[path: "metadata", "resourceVersion"]
    if kind != .json { current[path: "metadata", "resourceVersion"] = nil }
    switch kind {
    case .merge: return MergePatch.apply(value, to: current)
    case .strategicMerge, .apply: return StrategicMergePatch.apply(value, to: current)
    case .json:
      var patched = try JSONPatch.apply(value, to: current)
      if patched[path: "metadata", "resourceVersion"] == version {
        patched[path: "metadata", "resourceVersion"] = nil
      }
      return patched
    }
  }
}
