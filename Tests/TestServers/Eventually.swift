package import Testing

/// Waits until a condition holds, for so long at most; tells whether it came to hold.
///
/// For what other threads and processes do, which no injected clock can drive. The limit is for machines that have a
/// lot else to do: only a test that fails waits for so long.
package func eventually(
  within limit: Duration = .seconds(240),
  _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + limit
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return try await condition()
}

/// Expects that a condition comes to hold.
package func expectSoon(
  sourceLocation: SourceLocation = #_sourceLocation,
  _ condition: () async throws -> Bool
) async rethrows {
  let holds = try await eventually(condition)
  #expect(holds, sourceLocation: sourceLocation)
}
