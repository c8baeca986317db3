import WireFormats
import Yams

/// A scan as one YAML document, of the same form as the JSON.
struct YAMLExporter: Exporter {
  let name = "yaml"

  func text(of report: ScanReport, width: Int?) throws -> String {
    try Yams.serialize(node: Self.node(InspectionReport.value(of: report)))
  }

  private static func node(_ value: JSONValue) throws -> Node {
    switch value {
    case .null: Node("null", Tag(.null))
    case .boolean(let value): try value.represented()
    case .integer(let value): try value.represented()
    case .number(let value): try value.represented()
    case .string(let value): try value.represented()
    case .array(let elements): Node(try elements.map(node))
    case .object(let members):
      Node(
        try members.sorted { $0.key < $1.key }.map { member in
          (try member.key.represented() as Node, try node(member.value))
        }
      )
    }
  }
}
