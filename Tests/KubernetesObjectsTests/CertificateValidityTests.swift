import ObjectBuilders
import Testing
import WireFormats

@testable import KubernetesObjects

/// What is read of certificates: their times alone.
@Suite struct CertificateValidityTests {
  private static let until5March = """
    -----BEGIN CERTIFICATE-----
    MIHUMIGHAhRyljDSHd9syUBMwMps+JWx7VveSDAFBgMrZXAwDTELMAkGA1UEAwwC
    dDEwHhcNMjYxMTI1MjMxMzU1WhcNMjcwMzA1MjMxMzU1WjANMQswCQYDVQQDDAJ0
    MTAqMAUGAytlcAMhAMS9+BDMNaeZZPzoQqB5qemIkYsMe+AyLZYUylbJ6xu/MAUG
    AytlcANBAEdiBee5vrLyE6twpEbaQIxiIVaARvjE/5HuMFUEEnqVysWNZBsE1ayF
    A5f2UmSvbp3fdJpojFhs0ZrdNQ4x1Qo=
    -----END CERTIFICATE-----
    """
  private static let until13June = """
    -----BEGIN CERTIFICATE-----
    MIHUMIGHAhRRUel4krrKIgfg1cImgSkeRxpftzAFBgMrZXAwDTELMAkGA1UEAwwC
    dDIwHhcNMjYxMTI1MjMxMzU1WhcNMjcwNjEzMjMxMzU1WjANMQswCQYDVQQDDAJ0
    MjAqMAUGAytlcAMhAMgko+NxaMNnbfwdZCYN6EBMpHGcU1yen1QxocWRrfqPMAUG
    AytlcANBAADYpLLutrwXZLjEhimwB8WTXB8xVHSZ5vBWE6Jsu9pWeeCcKbhfLxOK
    bZsGnSjXJsTujrqMGBmENeL15wAeeAo=
    -----END CERTIFICATE-----
    """
  private static let start = Timestamp(rfc3339: "2026-11-25T23:13:55Z")
  private static let march = Timestamp(rfc3339: "2027-03-05T23:13:55Z")
  private static let june = Timestamp(rfc3339: "2027-06-13T23:13:55Z")

  @Test func aCertificateTellsItsTimes() throws {
    let validity = try #require(CertificateValidity(ofChain: Array(Self.until5March.utf8)))
    #expect(validity.start == Self.start && validity.end == Self.march)
  }

  @Test func aChainEndsWithItsFirstAuthoritiesWithTheirLast() {
    let text = Array("\(Self.until13June)\n\(Self.until5March)\n".utf8)
    #expect(CertificateValidity(ofChain: text)?.end == Self.march)
    #expect(CertificateValidity(ofAuthorities: text)?.end == Self.june)
  }

  @Test(
    "What is no certificate has no times",
    arguments: [
      "", "AA==", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n*\n-----END",
      "-----BEGIN CERTIFICATE-----\nMIGG\n-----END CERTIFICATE-----",
      "-----BEGIN CERTIFICATE-----\nMIT/////AAAA\n-----END CERTIFICATE-----",
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----",
    ]
  )
  func noCertificate(text: String) {
    #expect(CertificateValidity(ofChain: Array(text.utf8)) == nil)
  }

  @Test("A certificate that breaks off anywhere is none, and does no harm")
  func brokenOff() {
    let lines = Self.until5March.split(separator: "\n")
    let body = lines.dropFirst().dropLast().joined()
    for length in stride(from: 0, to: 160, by: 4) {
      let text = "\(lines[0])\n\(body.prefix(length))\n-----END CERTIFICATE-----"
      #expect(CertificateValidity(ofChain: Array(text.utf8)) == nil)
    }
  }

  @Test func aSecretKeepsTheTimesOfItsCertificateAndNothingOfItsKey() throws {
    let certificate = Self.base64(Self.until5March)
    let record = try Self.record(
      [
        "metadata": ["name": "cart-tls", "namespace": "shop"], "type": "kubernetes.io/tls",
        "data": ["tls.crt": .string(certificate), "tls.key": "c2VjcmV0"],
      ],
      of: Secret.kind
    )
    let secret = try #require(record as? Secret)
    #expect(secret.certificate?.end == Self.march)
    #expect(secret.keys == ["tls.crt", "tls.key"])
    #expect(secret.byteCount == 14 + Self.until5March.utf8.count + 6)
    #expect(!"\(secret)".contains("c2VjcmV0") && !"\(secret)".contains("CERTIFICATE"))
  }

  @Test(
    "Of who wrote an object, a version that will be removed is kept",
    arguments: [
      (["v1", "networking.k8s.io/v1beta1", "v1"], "networking.k8s.io/v1beta1"),
      (["policy/v1beta1", "batch/v1beta1"], "batch/v1beta1"), (["v1"], nil), ([], nil),
    ]
  )
  func versions(written: [String], kept: String?) throws {
    let entries = written.map { JSONValue.object(["manager": "m", "apiVersion": .string($0)]) }
    let record = try Self.record(
      ["metadata": ["name": "a", "managedFields": .array(entries)]],
      of: ConfigMap.kind
    )
    #expect(record.metadata.deprecatedVersion?.description == kept)
  }

  @Test("Who set finalizers is kept while they hold up a deletion", arguments: [true, false])
  func finalizerManagers(isTerminating: Bool) throws {
    func entry(_ manager: String, _ finalizers: String...) -> JSONValue {
      let names = finalizers.map { ("v:\"\($0)\"", JSONValue.object([:])) } + [(".", [:])]
      return [
        "fieldsV1": [
          "f:data": [:],
          "f:metadata": [
            "f:finalizers": .object(Dictionary(names) { $1 }), "f:labels": ["f:app": [:]],
          ],
        ], "manager": .string(manager),
      ]
    }
    var metadata: JSONValue = [
      "name": "a", "finalizers": ["a.io/one", "a.io/two"],
      "managedFields": [entry("first", "a.io/one"), entry("other"), entry("last", "a.io/two")],
    ]
    if isTerminating { metadata["deletionTimestamp"] = "2026-11-23T12:00:00Z" }
    let managers = try Self.record(["metadata": metadata], of: ConfigMap.kind)
      .metadata.finalizerManagers
    #expect(managers == (isTerminating ? ["a.io/one": "first", "a.io/two": "last"] : [:]))
  }

  @Test func aRemovalIsOfSomeKindsOfAVersion() throws {
    let version = try #require(DeprecatedVersion("networking.k8s.io/v1beta1"))
    let group = "networking.k8s.io"
    #expect(version.removal(of: ObjectKind("Ingress", group: group))?.minor == 22)
    #expect(version.removal(of: ServiceCIDR.kind)?.minor == 37)
    #expect(version.removal(of: NetworkPolicy.kind) == nil)
  }

  private static func record(
    _ json: JSONValue,
    of kind: ObjectKind
  ) throws -> any ObjectRecord {
    let bytes = json.encoded()
    var reader = FieldReader(JSONReader(bytes.span.bytes))
    let resource = APIResource(
      kind: kind,
      version: "v1",
      plural: "things",
      isNamespaced: true,
      verbs: []
    )
    return try ObjectDecoder().decode(&reader, of: resource).record
  }

  /// The text as Base64, which only has to be right for these.
  private static func base64(_ text: String) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let group = bytes.prefix(3)
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      let digits = [18, 12, 6, 0].map { letters[bits >> $0 & 63] }
      result += String(digits.prefix(group.count + 1))
      result += String(repeating: "=", count: 3 - group.count)
      bytes = bytes.dropFirst(3)
    }
    return result
  }
}
