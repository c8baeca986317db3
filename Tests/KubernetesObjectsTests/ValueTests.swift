import KubernetesObjects
import Testing

@Suite struct TimestampTests {
  @Test(
    "RFC 3339 times are read",
    arguments: [
      ("1970-01-01T00:00:00Z", 0),
      ("2026-11-23T12:00:00Z", 1_795_435_200_000),
      ("2026-11-23T12:00:00.25Z", 1_795_435_200_250),
      ("2026-11-23T12:00:00.123456Z", 1_795_435_200_123),
      ("2026-11-23T14:00:00+02:00", 1_795_435_200_000),
      ("2026-11-23T06:30:00-05:30", 1_795_435_200_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000),
    ]
  )
  func reads(text: String, milliseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.millisecondsSince1970 == milliseconds)
  }

  @Test(
    "What is no time is not read",
    arguments: ["", "null", "2026-11-23", "2026-13-01T00:00:00Z", "2026-11-23T12:00:00", "x"]
  )
  func refuses(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

  @Test(
    "Writing gives back what was read",
    arguments: ["1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2026-11-23T09:05:07Z"]
  )
  func writes(text: String) { #expect(Timestamp(rfc3339: text)?.rfc3339 == text) }
}

@Suite struct IPAddressTests {
  @Test(
    "Equal addresses are equal however they are written",
    arguments: [
      ("10.244.1.20", "10.244.1.20"), ("2001:db8::1", "2001:0db8:0:0:0:0:0:1"),
      ("::ffff:10.0.0.1", "10.0.0.1"),
    ]
  )
  func equal(left: String, right: String) {
    #expect(IPAddress(left) != nil)
    #expect(IPAddress(left) == IPAddress(right))
  }

  @Test("Addresses are written canonically", arguments: ["10.244.1.20", "2001:db8::1", "::"])
  func description(text: String) { #expect(IPAddress(text)?.description == text) }

  @Test(
    "What is no address is not read",
    arguments: ["", "10.0.0", "10.0.0.256", "host", "1::2::3"]
  )
  func refuses(text: String) { #expect(IPAddress(text) == nil) }

  @Test(
    "A range holds its addresses and no others",
    arguments: [
      ("10.244.1.0/24", "10.244.1.255", true), ("10.244.1.0/24", "10.244.2.0", false),
      ("0.0.0.0/0", "255.1.2.3", true), ("0.0.0.0/0", "2001:db8::1", false),
      ("2001:db8::/64", "2001:db8::ffff", true), ("2001:db8::/64", "2001:db8:0:1::", false),
      ("::/0", "2001:db8::1", true), ("10.0.0.7/32", "10.0.0.7", true),
    ]
  )
  func contains(prefix: String, address: String, isInside: Bool) throws {
    let prefix = try #require(IPPrefix(prefix))
    let address = try #require(IPAddress(address))
    #expect(prefix.contains(address) == isInside)
  }

  @Test(
    "What is no range is not read",
    arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "/8"]
  )
  func refusesRange(text: String) { #expect(IPPrefix(text) == nil) }
}

@Suite struct QuantityTests {
  @Test(
    "Quantities are read with their suffix",
    arguments: [
      ("100m", 0.1), ("8", 8.0), ("1.5Gi", 1.5 * 1_073_741_824), ("2e3", 2000.0), ("12E", 12e18),
      ("1k", 1000.0), ("250m", 0.25), ("-1", -1.0),
    ]
  )
  func reads(text: String, value: Double) {
    #expect(Quantity(text)?.value == value)
    #expect(Quantity(text)?.description == text)
  }

  @Test("What is no quantity is not read", arguments: ["", "Gi", "1Zi", "1.2.3", "1e"])
  func refuses(text: String) { #expect(Quantity(text) == nil) }
}

@Suite struct APIResourceTests {
  @Test func pathsAreThoseOfTheAPI() {
    let pods = APIResource(kind: Pod.kind, version: "v1", plural: "pods", isNamespaced: true)
    let roles = APIResource(
      kind: ObjectKind("ClusterRole", group: "rbac.authorization.k8s.io"),
      version: "v1",
      plural: "clusterroles",
      isNamespaced: false
    )
    #expect(pods.path() == "/api/v1/pods")
    #expect(pods.path(namespace: "shop", name: "a/b") == "/api/v1/namespaces/shop/pods/a%2Fb")
    #expect(
      pods.path(namespace: "shop", name: "x", subresource: "eviction")
        == "/api/v1/namespaces/shop/pods/x/eviction"
    )
    #expect(
      roles.path(namespace: "", name: "system:node")
        == "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node"
    )
  }

  @Test func onlyListAndWatchTogetherMakeAResourceWatchable() {
    var resource = APIResource(kind: Pod.kind, version: "v1", plural: "p", isNamespaced: true)
    #expect(!resource.isWatchable)
    resource = APIResource(
      kind: Pod.kind,
      version: "v1",
      plural: "p",
      isNamespaced: true,
      verbs: ["get", "list", "watch"]
    )
    #expect(resource.isWatchable)
  }

  @Test func imagesAreToldApartByTheirDigests() throws {
    let digits = "6d4cf56db6a1b2c3" + String(repeating: "7", count: 48)
    let digest = try #require(ImageDigest(imageID: "docker.io/library/nginx@sha256:\(digits)"))
    #expect(digest.description == "6d4cf56db6a1b2c3")
    #expect(ImageDigest(imageID: "sha256:\(digits)") == digest)
    let other = "sha256:0000000000000001" + String(repeating: "7", count: 48)
    #expect(ImageDigest(imageID: other)?.description == "0000000000000001")
    for nonsense in ["", "nginx:1.27", "sha256:6d4c", "\(digits)", "sha256:g\(digits.dropFirst())"]
    {
      #expect(ImageDigest(imageID: nonsense) == nil)
    }
  }
}
