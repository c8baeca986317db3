import Foundation
import KubernetesObjects
import ObjectBuilders
import WireFormats

/// A list of 500 Pods as a real API server sent it.
struct RecordedPods {
  private let recorded: [JSONValue]

  init() throws {
    recorded = try JSONValue(parsing: Self.list(.json))["items"]?.arrayValue ?? []
    precondition(!recorded.isEmpty, "The recorded list has Pods.")
  }

  /// The list as the server wrote it in an encoding.
  static func list(_ encoding: WireEncoding) throws -> [UInt8] {
    let name =
      switch encoding {
      case .json: "pods-500.json.gz"
      case .protobuf: "pods-500.pb.gz"
      }
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Tests/RecordedTraffic/large/\(name)")
    let unpacking = Process()
    let output = Pipe()
    unpacking.executableURL = URL(filePath: "/bin/gzip")
    unpacking.arguments = ["-dc", file.path]
    unpacking.standardOutput = output
    try unpacking.run()
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    unpacking.waitUntilExit()
    return bytes
  }

  /// The Pod with this number: a recorded one with another name, uid, Node and address.
  func object(_ number: Int, nodes: Int) -> JSONValue {
    var pod = recorded[number % recorded.count]
    pod[path: "metadata", "name"] = .string("\(Self.workload(number))-\(number)")
    pod[path: "metadata", "uid"] = .string(Self.uid(number))
    pod[path: "spec", "nodeName"] = .string("node-\(number % max(nodes, 1))")
    pod.podIP = Self.address(number)
    return pod
  }

  /// The records of Pods with these numbers, from the JSON of a list.
  func records(in numbers: Range<Int>, nodes: Int) throws -> [ObjectSnapshot] {
    var pool = SharingPool()
    return try records(in: numbers, nodes: nodes, sharing: &pool)
  }

  /// The same, with what they have in common with others that the pool remembers.
  func records(
    in numbers: Range<Int>,
    nodes: Int,
    keeping projection: FieldProjection? = nil,
    sharing pool: inout SharingPool
  ) throws -> [ObjectSnapshot] {
    let list = JSONValue.object(["items": .array(numbers.map { object($0, nodes: nodes) })])
    var decoder = ListDecoder(
      of: .pods,
      encoding: .json,
      decoder: ObjectDecoder(keeping: projection)
    )
    decoder.pool = pool.take()
    defer { pool = decoder.pool.take() }
    return try decoder.append(list.encoded()) + decoder.finish()
  }

  /// The part of a Pod's name that it shares with its likes.
  static func workload(_ number: Int) -> String { "checkout-\(number / 10)-64fc7b9969" }

  private static func uid(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return "6b960bcf-070b-419e-a0f0-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// An address for each number below 2²⁴, and no other has it.
  static func address(_ number: Int) -> String {
    "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
  }
}

extension JSONValue {
  var podIP: String {
    get { self[path: "status", "podIP"]?.stringValue ?? "" }
    set {
      self[path: "status", "podIP"] = .string(newValue)
      self[path: "status", "podIPs"] = [["ip": .string(newValue)]]
    }
  }
}
