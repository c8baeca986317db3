import RandomObjects
import Testing
import WireFormats

@testable import KubernetesObjects
@testable import SimulatedCluster

@Suite struct ProtobufDecoderTests {
  @Test("What was read is written as before", arguments: RandomObjects.kinds)
  func roundTrip(message: String, resource: APIResource) throws {
    let index = try #require(ProtobufSchema.shared.index(of: message))
    for seed in 0..<UInt64(50) {
      var maker = RandomObjects(seed: seed)
      let object = maker.object(message, of: resource).encoded()
      let bytes = ProtobufEncoder.encode(object, as: index)
      let envelope = ProtobufEnvelope.envelope(bytes, apiVersion: "v1", kind: "X")
      var read = try ProtobufDecoder.object(envelope, message: message)
      #expect(read["kind"] == "X" && read["apiVersion"] == "v1")
      if JSONValue.string("X") == read["kind"] { (read["kind"], read["apiVersion"]) = (nil, nil) }
      let again = ProtobufEncoder.encode(read.encoded(), as: index)
      guard again == bytes else {
        Issue.record("seed \(seed): \(String(decoding: object, as: UTF8.self))")
        return
      }
    }
  }

  @Test(
    "What is no message is refused",
    arguments: [[], [0x6B, 0x38, 0x73, 0], [0x6B, 0x38, 0x73, 0, 0x12, 9, 1]] as [[UInt8]]
  )
  func malformed(bytes: [UInt8]) {
    let object = try? ProtobufDecoder.object(bytes, message: "core.v1.Namespace")
    #expect(object == nil || object == [:])
  }
}
