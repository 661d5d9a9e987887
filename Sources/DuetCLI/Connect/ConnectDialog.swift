/// The person at the other end of `duet connect`.
package struct ConnectDialog: Sendable {
    /// Shows lines.
    package var say: @Sendable (String) -> Void
    /// Asks for a line; a secret one is not shown while it is typed.
    ///
    /// `nil` where nobody answers.
    package var ask: @Sendable (_ question: String, _ isSecret: Bool) -> String?

    package init(
        say: @escaping @Sendable (String) -> Void,
        ask: @escaping @Sendable (_ question: String, _ isSecret: Bool) -> String?
    ) {
        self.say = say
        self.ask = ask
    }

    /// A person at a terminal, or the lines of a pipe.
    package init(_ terminal: Terminal) {
        self.init(
            say: { terminal.note($0) },
            ask: { question, isSecret in terminal.ask(question, isSecret: isSecret) }
        )
    }
}
