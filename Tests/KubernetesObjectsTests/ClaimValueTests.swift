import Testing

@testable import KubernetesObjects

/// What checks compare and add up.
@Suite struct ClaimValueTests {
  @Test(
    "Ranges that overlap have a part in common",
    arguments: [
      ("10.244.0.0/24", "10.244.0.0/24", true), ("10.244.0.0/24", "10.244.1.0/24", false),
      ("10.244.0.0/16", "10.244.7.0/24", true), ("10.10.0.0/15", "10.11.3.0/24", true),
      ("10.244.0.9/24", "10.244.0.128/25", true), ("fd00::/64", "fd00::/80", true),
      ("fd00::/64", "fd00:0:0:1::/64", false), ("0.0.0.0/8", "::/48", false),
    ]
  )
  func overlap(left: String, right: String, overlaps: Bool) throws {
    let left = try #require(IPPrefix(left))
    let right = try #require(IPPrefix(right))
    #expect(left.overlaps(right) == overlaps && right.overlaps(left) == overlaps)
    guard overlaps else { return }
    let part = left.firstPart(sharedWith: right)
    #expect(part == right.firstPart(sharedWith: left))
    #expect(left.parts.contains(part) && right.parts.contains(part))
  }

  @Test(
    "A range is filed under no more than 256 parts",
    arguments: [("10.0.0.0/8", 256), ("10.0.0.0/7", 0), ("10.1.0.0/24", 1), ("fd00::/50", 64)]
  )
  func parts(range: String, count: Int) throws {
    #expect(try #require(IPPrefix(range)).parts.count == count)
  }

  @Test(
    "The short way reads amounts as the long one does",
    arguments: [
      "0", "1", "250m", "1500m", "128Mi", "4Gi", "64Ki", "1.5", "2e3", "1k", "1M", "5Ti", "",
      "nonsense", "123456789012345678", "10Kx", "m", "100mm",
    ]
  )
  func amounts(text: String) {
    #expect(Quantity.value(of: text) == Quantity(text)?.value ?? 0)
  }

  @Test func requestsAreWhatRunsTogetherOrTheHighestBefore() {
    func container(_ cpu: String, before: Bool = false, always: Bool = false) -> Container {
      var container = Container()
      container.runsBefore = before
      container.restartsAlways = always
      container.requests = ResourceAmounts(["cpu": cpu])
      return container
    }
    var template = PodTemplate()
    template.containers = [container("1"), container("2")]
    #expect(template.requested("cpu") == 3)
    template.containers.insert(container("1", before: true, always: true), at: 0)
    #expect(template.requested("cpu") == 4)
    template.containers.insert(container("5", before: true), at: 1)
    #expect(template.requested("cpu") == 6)
    #expect(template.requested("memory") == 0)
  }

  @Test func selectorsReadAsKubectlWritesThem() {
    var selector = LabelSelector(["app": "cart"])
    selector.matchExpressions = [
      .isOneOf(key: "tier", values: ["a", "b"]), .exists(key: "zone"), .doesNotExist(key: "old"),
    ]
    #expect(selector.description == "app=cart,tier in (a,b),zone,!old")
    #expect(LabelSelector().description == "*")
  }
}
