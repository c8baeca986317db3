import Foundation
import HTTP
import KubernetesClient
import KubernetesObjects
import WireFormats

/// The lists of a first sync as anybody would download them: one curl, all at once over HTTP/2, to /dev/null.
struct CurlLists {
  typealias Server = (connection: ClusterConnection, resources: [APIResource])

  private let configuration: URL
  private let listCount: Int

  /// Prepares the lists of some resources, each in the form in which KPatrol asks for it; what curl has to read is
  /// written to `folder`.
  init(_ lists: [Server], in encoding: WireEncoding, folder: URL) throws {
    configuration = folder.appending(path: "curl-\(encoding)")
    var transfers: [String] = []
    for (number, list) in lists.enumerated() {
      let authority = folder.appending(path: "ca-\(number)")
      try Data(list.connection.tls.certificateAuthority ?? []).write(to: authority)
      guard case .token(let token) = list.connection.credential else {
        throw BenchmarkFailure("The simulated cluster's user has no token.")
      }
      for resource in list.resources {
        let form = ObjectDecoder.isTyped(resource.kind) ? nil : "PartialObjectMetadataList"
        let accept = MediaType.accept(
          resource.kind.isBuiltIn ? encoding : .json,
          metadataOnlyAs: form
        )
        transfers.append(
          """
          url = "\(list.connection.server)\(resource.path())"
          output = "/dev/null"
          cacert = "\(authority.path)"
          header = "Authorization: Bearer \(token)"
          header = "Accept: \(accept)"
          http2
          fail
          write-out = "%{http_code} %{exitcode} %{size_download}\\n"

          """
        )
      }
    }
    listCount = transfers.count
    try transfers.joined(separator: "next\n")
      .write(to: configuration, atomically: true, encoding: .utf8)
  }

  /// How long all of it took, from the start of the process to its end, and how many bytes came.
  func download() throws -> (seconds: Double, bytes: Int) {
    let (output, seconds) = try Programs.run(
      Programs.curl,
      ["--silent", "--no-progress-meter", "--parallel", "--config", configuration.path]
    )
    var bytes = 0
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    for line in lines {
      let words = line.split(separator: " ")
      guard words.starts(with: ["200", "0"]), let count = words.last.flatMap({ Int($0) }) else {
        throw BenchmarkFailure("curl got no list: \(line).")
      }
      bytes += count
    }
    guard lines.count == listCount else {
      throw BenchmarkFailure("curl got \(lines.count) lists of \(listCount).")
    }
    return (seconds, bytes)
  }
}

extension ClusterConnection {
  /// What is followed of what a reader may read, as the server tells it.
  func resources(for reader: SimulationProcess.Reader) async throws -> [APIResource] {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let client = KubernetesClient(self, eventLoop: eventLoop, userAgent: "kpatrol-bench")
    let readable = reader.resources
    return try await client.discover().resources.filter { resource in
      // Events are not followed.
      resource.isWatchable && resource.kind.name != "Event"
        && (readable.contains(resource.qualifiedPlural) || readable == ["*"])
    }
  }
}
