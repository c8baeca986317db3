import KubernetesObjects
import Testing

/// Times that may be missing.
@Suite struct DenseTimeTests {
  @Test(arguments: [nil, Int64.max, 0, -1, 1_764_000_000_000])
  func aTimeOrNoneIsKept(milliseconds: Int64?) {
    let time = milliseconds.map { Timestamp(millisecondsSince1970: $0) }
    var metadata = ObjectMetadata()
    #expect(metadata.deletionTimestamp == nil)
    metadata.deletionTimestamp = time
    #expect(metadata.deletionTimestamp == time)
    #expect(metadata.isTerminating == (time != nil))
  }
}
