/// Something that holds a secret: printing, dumping or reflecting it shows its description alone.
package protocol Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{}

extension Redacted {
  package var debugDescription: String { description }

  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
