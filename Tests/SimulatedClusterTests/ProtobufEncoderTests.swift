import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct ProtobufEncoderTests {
  private func encode(_ json: JSONValue, _ message: String) throws -> [UInt8] {
    let index = try #require(ProtobufSchema.shared.index(of: message))
    return ProtobufEncoder.encode(json.encoded(), as: index)
  }

  @Test func everyBuiltInKindButAPIServicesHasAMessage() {
    let without = BuiltInResources.all.filter {
      $0.verbs.contains("list") && ProtobufSchema.shared.index(of: $0) == nil
    }
    #expect(without.map(\.kind) == ["APIService"])
  }

  @Test func whatIsNeverLeftOutIsWrittenInOrder() throws {
    // Name, read-only, path, sub path, expression: of these JSON had two, in another order.
    #expect(
      try encode(["mountPath": "/a", "name": "b"], "core.v1.VolumeMount")
        == [0x0A, 1, 0x62, 0x10, 0, 0x1A, 2, 0x2F, 0x61, 0x22, 0, 0x32, 0]
    )
  }

  @Test func whatJSONFlattensIsAMessageOfItsOwn() throws {
    // The key after the reference that has the name, both always there.
    #expect(
      try encode(["key": "k", "name": "n"], "core.v1.SecretKeySelector")
        == [0x0A, 3, 0x0A, 1, 0x6E, 0x12, 1, 0x6B]
    )
  }

  @Test(
    "Values of every type",
    arguments: [
      (["targetPort": 80], "core.v1.ServicePort", [0x22, 6, 8, 0, 0x10, 80, 0x1A, 0]),
      (
        ["targetPort": "web"], "core.v1.ServicePort",
        [0x22, 9, 8, 1, 0x10, 0, 0x1A, 3, 0x77, 0x65, 0x62]
      ),
      (["data": ["a": "AQI="]], "core.v1.Secret", [0x12, 7, 0x0A, 1, 0x61, 0x12, 2, 1, 2]),
      (["value": -1], "core.v1.PodDNSConfigOption", []),
      (
        ["hard": ["pods": "5"]], "core.v1.ResourceQuotaSpec",
        [0x0A, 11, 0x0A, 4, 0x70, 0x6F, 0x64, 0x73, 0x12, 3, 0x0A, 1, 0x35]
      ),
      (["maximum": 0.5], "apiextensions.v1.JSONSchemaProps", [0x49, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F]),
      (["additionalProperties": true], "apiextensions.v1.JSONSchemaProps", [0xF2, 1, 2, 8, 1]),
      (
        ["default": ["a": 1]], "apiextensions.v1.JSONSchemaProps",
        [0x42, 9, 0x0A, 7, 0x7B, 0x22, 0x61, 0x22, 0x3A, 0x31, 0x7D]
      ),
      (
        ["fsGroup": -1], "core.v1.PodSecurityContext",
        [0x28, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]
      ),
      (
        ["extra": ["k": ["x", "y"]]], "certificates.v1.CertificateSigningRequestSpec",
        [0x32, 11, 0x0A, 1, 0x6B, 0x12, 6, 0x0A, 1, 0x78, 0x0A, 1, 0x79]
      ),
      (
        ["renewTime": "1970-01-02T00:00:00.5Z"], "coordination.v1.LeaseSpec",
        [0x22, 10, 8, 0x80, 0xA3, 5, 0x10, 0x80, 0xCA, 0xB5, 0xEE, 1]
      ),
      (
        ["unknown": [1, ["a": "}"]], "path": "p"], "core.v1.HostPathVolumeSource", [0x0A, 1, 0x70]
      ),
      (["renewTime": nil], "coordination.v1.LeaseSpec", []),
    ] as [(JSONValue, String, [UInt8])]
  )
  func values(json: JSONValue, message: String, field: [UInt8]) throws {
    let bytes = try encode(json, message)
    #expect(field.isEmpty || bytes.firstRange(of: field) != nil, "\(bytes)")
  }

  @Test(
    "A value of a type that its field does not have is left out, and what follows is read",
    arguments: [
      "5", "[\"a,b\"]", "{\"a\":\"}\"}", "\"a,\\\"b\"", "true", "null", "-1.5e3",
    ]
  )
  func otherTypes(value: String) throws {
    let index = try #require(ProtobufSchema.shared.index(of: "core.v1.Container"))
    let good = Array("\"workingDir\":\"/w\"}".utf8)
    let expected = ProtobufEncoder.encode(Array("{".utf8) + good, as: index)
    for member in ["command", "env", "name", "resources", "stdin"] {
      let json = Array("{\"\(member)\":\(value),".utf8) + good
      let bytes = ProtobufEncoder.encode(json, as: index)
      #expect(bytes.firstRange(of: [0x2A, 2] + Array("/w".utf8)) != nil, "\(member)")
      if value == "null" { #expect(bytes == expected) }
    }
  }

  @Test(
    "Times are seconds and nanoseconds",
    arguments: [
      ("2026-11-23T10:00:08.895414Z", 1_795_428_008, 895_414_000),
      ("1970-01-01T00:00:00Z", 0, 0), ("2024-02-29T23:59:59Z", 1_709_251_199, 0),
    ] as [(String, Int64, Int64)]
  )
  func times(text: String, seconds: Int64, nanoseconds: Int64) throws {
    let time = try #require(ProtobufTime(Array(text.utf8)[...]))
    #expect(time.seconds == seconds)
    #expect(time.nanoseconds == nanoseconds)
  }

  @Test(
    "What is no time",
    arguments: ["", "now", "2026-11-23", "2026-13-01T00:00:00Z", "2026-11-23T10:00:08.x"]
  )
  func noTimes(text: String) {
    #expect(ProtobufTime(Array(text.utf8)[...]) == nil)
  }
}
