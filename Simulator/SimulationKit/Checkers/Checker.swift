/// Holds a finished run against one promise; reads histories, never the engine.
package protocol Checker: Sendable {
    static var name: String { get }
    func violations(in evidence: Evidence) -> [String]
}
