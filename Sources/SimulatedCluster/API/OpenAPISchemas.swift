import WireFormats

/// The schemas that `/openapi/v3` tells of kinds: names and types, without descriptions.
///
/// Those of built-in kinds are made from their protobuf messages, those of custom ones are their
/// definitions'.
struct OpenAPISchemas {
  private static let messages = ProtobufSchemaParser(ProtobufSchemaTable.text)

  let registry: Registry

  /// The schemas of resources, and of all that these name.
  func components(of resources: [ServedResource]) -> JSONValue {
    var schemas: [String: JSONValue] = [:]
    var wanted: [String] = []
    for resource in resources {
      guard let message = resource.protobufMessage, Self.messages.indices[message] != nil else {
        schemas["\(resource.group).\(resource.version).\(resource.kind)"] = custom(resource)
        continue
      }
      var schema = Self.schema(of: message, naming: &wanted)
      name(resource, in: &schema)
      schemas[Self.name(of: message)] = schema
    }
    while let message = wanted.popLast() {
      guard schemas[Self.name(of: message)] == nil else { continue }
      schemas[Self.name(of: message)] = Self.schema(of: message, naming: &wanted)
    }
    return .object(schemas)
  }

  /// The group, version and kind of a resource, by which clients find its schema.
  static func identity(of resource: ServedResource) -> JSONValue {
    [
      "group": .string(resource.group), "version": .string(resource.version),
      "kind": .string(resource.kind),
    ]
  }

  private func name(_ resource: ServedResource, in schema: inout JSONValue) {
    for member in ["apiVersion", "kind"] {
      schema[path: "properties", member] = ["type": "string"]
    }
    schema["x-kubernetes-group-version-kind"] = [Self.identity(of: resource)]
  }

  private func custom(_ resource: ServedResource) -> JSONValue {
    let definition = registry.object(
      ObjectAddress(.customResourceDefinitions, name: resource.qualifiedPlural)
    )
    let version = definition?.value[path: "spec", "versions"]?.arrayValue?
      .first { $0["name"]?.stringValue == resource.version }
    var schema = version?[path: "schema", "openAPIV3Schema"] ?? ["type": "object"]
    schema[path: "properties", "metadata"] = ["type": "object"]
    name(resource, in: &schema)
    return schema
  }

  // MARK: Messages

  private static func name(of message: String) -> String {
    guard message.hasPrefix("meta.") else { return "io.k8s.api.\(message)" }
    return "io.k8s.apimachinery.pkg.apis.meta.v1.\(message.dropFirst("meta.".count))"
  }

  private static func schema(of message: String, naming wanted: inout [String]) -> JSONValue {
    var properties: [String: JSONValue] = [:]
    add(message, to: &properties, naming: &wanted)
    return ["type": "object", "properties": .object(properties)]
  }

  private static func add(
    _ message: String,
    to properties: inout [String: JSONValue],
    naming wanted: inout [String]
  ) {
    guard let index = messages.indices[message] else { return }
    for entry in messages.entries[index] {
      guard let name = entry.name else {
        add(entry.type, to: &properties, naming: &wanted)
        continue
      }
      let value = type(entry.type, naming: &wanted)
      properties[name] =
        if entry.isRepeated {
          ["type": "array", "items": value]
        } else if entry.isMap {
          ["type": "object", "additionalProperties": value]
        } else {
          value
        }
    }
  }

  private static func type(_ type: String, naming wanted: inout [String]) -> JSONValue {
    switch type {
    case "s", "resource.Quantity": return ["type": "string"]
    case "i": return ["type": "integer"]
    case "b": return ["type": "boolean"]
    case "d": return ["type": "number"]
    case "y": return ["type": "string", "format": "byte"]
    case "meta.Time", "meta.MicroTime": return ["type": "string", "format": "date-time"]
    case "intstr.IntOrString": return ["type": "string", "format": "int-or-string"]
    case "apiextensions.v1.JSON", "meta.FieldsV1", "runtime.RawExtension":
      return ["type": "object"]
    default:
      wanted.append(type)
      return ["$ref": .string("#/components/schemas/\(name(of: type))")]
    }
  }
}
