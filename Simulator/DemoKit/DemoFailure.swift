/// Why the demo could not go on, or what it found wrong.
package struct DemoFailure: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String) {
        self.description = description
    }
}
