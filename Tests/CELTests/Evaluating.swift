import Foundation
import KubernetesCEL

@testable import CEL

/// The value of an expression with all functions that there are.
func evaluate(
  _ expression: String,
  _ values: [String: CELValue] = [:],
  costLimit: UInt64 = CELProgram.defaultCostLimit
) throws -> CELValue {
  let environment = CELEnvironment(
    variables: values.keys.sorted().map { .init($0) },
    libraries: CELLibrary.kubernetes
  )
  return try environment.compile(expression).evaluate(values, costLimit: costLimit)
}

/// Why an expression has no value; nil if it has one.
func failure(
  _ expression: String,
  _ values: [String: CELValue] = [:],
  costLimit: UInt64 = CELProgram.defaultCostLimit
) throws -> CELError? {
  do {
    _ = try evaluate(expression, values, costLimit: costLimit)
    return nil
  } catch let error as CELError {
    return error
  }
}

/// What is wrong with an expression before it is evaluated, a line each.
func problems(_ expression: String, in environment: CELEnvironment) -> [String] {
  do {
    _ = try environment.compile(expression)
    return []
  } catch {
    return error.problems.map(\.description)
  }
}

/// An object whose fields are worked out when they are read, and which remembers that they were.
final class WatchedObject: CELObject {
  private let make: @Sendable (String) -> CELValue?
  let fieldNames: [String]

  init(_ fieldNames: [String], _ make: @escaping @Sendable (String) -> CELValue?) {
    self.fieldNames = fieldNames
    self.make = make
  }

  func field(named name: String) -> CELValue? { fieldNames.contains(name) ? make(name) : nil }
}

/// Runs something on a thread with a quarter of the stack that threads have.
func onSmallStack(_ body: @escaping @Sendable () -> Void) async {
  await withCheckedContinuation { continuation in
    let thread = Thread {
      body()
      continuation.resume()
    }
    thread.stackSize = 2 * 1024 * 1024
    thread.start()
  }
}
