/// A body that is not JSON.
///
/// It holds the parser's words and never the body.
package struct JSONError: Error, Sendable, Hashable {
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
