package import WireFormats

/// The JSON schema of packs, for editors: made from what the reader itself knows keys by.
package enum RulePackSchema {
  package static var json: JSONValue {
    var schema = map(under: "")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "A pack of rules of KPatrol"
    return .object(schema)
  }

  /// What a map may hold whose keys are in the table under this path.
  private static func map(under parent: String) -> [String: JSONValue] {
    let keys = RulePackKey.keys(under: parent)
    var properties: [String: JSONValue] = [:]
    for key in keys {
      var property = schema(of: key)
      property["description"] = .string(key.meaning)
      properties[key.name] = .object(property)
    }
    var map: [String: JSONValue] = [
      "type": "object", "additionalProperties": false, "properties": .object(properties),
    ]
    let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { map["required"] = .array(required) }
    return map
  }

  private static func schema(of key: RulePackKey) -> [String: JSONValue] {
    let texts: JSONValue = ["type": "array", "items": ["type": "string"]]
    let element = "\(key.path)[]"
    switch key.value {
    // A number or a flag is a text, too, where one is wanted.
    case .text, .expression: return ["type": ["string", "boolean", "number"]]
    case .oneOf(let texts): return ["enum": .array(texts.map { .string($0) })]
    case .boolean: return ["type": "boolean"]
    case .texts: return texts.objectValue ?? [:]
    case .textOrTexts: return ["anyOf": [["type": "string"], texts]]
    case .map: return map(under: key.path)
    case .maps: return ["type": "array", "items": .object(map(under: element))]
    case .textsOrMaps:
      let items: JSONValue = ["anyOf": [["type": "string"], .object(map(under: element))]]
      return ["type": "array", "items": items]
    case .anyMap: return ["type": "object"]
    case .objects:
      return [
        "type": "array",
        "items": ["type": "object", "required": ["apiVersion", "kind", "metadata"]],
      ]
    }
  }
}
