/// Why a control request cannot be carried out, in a sentence for whoever scripts it.
package struct ControlFailure: Error, Sendable, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
