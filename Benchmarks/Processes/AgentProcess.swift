import Foundation
import Glibc
import HTTP
import WireFormats

/// `kpatrol agent` in a process of its own, asked over HTTP.
final class AgentProcess {
  private let lifeline: Lifeline
  private let client: HTTPClient
  let url: String

  /// Starts one that watches a simulated cluster; `options` are further ones of the command.
  init(
    _ simulation: SimulationProcess,
    name: String,
    _ options: [String] = [],
    on eventLoop: EventLoop
  ) throws {
    let port = try Self.freePort()
    url = "http://127.0.0.1:\(port)"
    client = HTTPClient(eventLoop: eventLoop)
    let state = simulation.folder.appending(path: name).path
    let environment = ["XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": state]
    lifeline = try Lifeline(
      try Programs.kpatrol(),
      [
        "agent", "--kubeconfig", simulation.kubeconfig(of: .everything), "--listen",
        "127.0.0.1:\(port)",
      ] + options,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      standard: .output(Pipe())
    )
  }

  func end() { lifeline.end() }

  /// Ends it as nothing else does that may still say something.
  func kill() { Glibc.kill(lifeline.process, SIGKILL) }

  func usage() throws -> ProcessUsage { try ProcessUsage(of: lifeline.process) }

  /// Waits until it is ready.
  func waitUntilReady() async throws {
    let end = ContinuousClock.now + .seconds(600)
    while ContinuousClock.now < end {
      if (try? await client.response(to: HTTPRequest(.get, url + "/readyz")))?.status == 200 {
        return
      }
      guard lifeline.isRunning else { throw BenchmarkFailure("kpatrol agent has ended.") }
      try await Task.sleep(for: .milliseconds(100))
    }
    throw BenchmarkFailure("kpatrol agent is not ready after ten minutes.")
  }

  /// The shards that it holds, once all of them are inspected; `nil` before.
  func coveredShards() async throws -> [Int]? {
    let coverage = try await value(at: "/api/v1/coverage")
    guard case .boolean(true)? = coverage["complete"] else { return nil }
    return coverage["held"]?.arrayValue?.compactMap { shard in
      if case .integer(let number) = shard { Int(number) } else { nil }
    }
  }

  /// What it finds: what each is called, and what it says.
  func findings() async throws -> [(name: String, message: String)] {
    let items = try await value(at: "/api/v1/findings")["items"]?.arrayValue ?? []
    return items.map {
      ($0["metadata"]?["name"]?.stringValue ?? "", $0["message"]?.stringValue ?? "")
    }
  }

  /// How many objects and events came so far.
  func eventCount() async throws -> Double {
    let answer = try await client.response(to: HTTPRequest(.get, url + "/metrics"))
    let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix("kpatrol_events_total{") }
    return line?.split(separator: " ").last.flatMap { Double($0) } ?? 0
  }

  private func value(at path: String) async throws -> JSONValue {
    var request = HTTPRequest(.get, url + path)
    request.maximumBodyBytes = 1 << 30
    let answer = try await client.response(to: request)
    guard answer.status == 200 else {
      throw BenchmarkFailure("kpatrol agent answers \(answer.status) to \(path).")
    }
    return try JSONValue(parsing: answer.body)
  }

  /// A port of loopback that nobody listens at just now.
  private static func freePort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard isBound else { throw BenchmarkFailure("No port of 127.0.0.1 is free.") }
    return UInt16(bigEndian: address.sin_port)
  }
}
