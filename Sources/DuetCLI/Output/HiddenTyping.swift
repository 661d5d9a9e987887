import Foundation

/// A terminal that does not show what is typed; it shows it again when typing ends, by Ctrl-C too.
enum HiddenTyping {
    /// The terminal's settings before; written before the handler that reads them is there.
    nonisolated(unsafe) private static var shown = termios()

    /// Whether the terminal hides from now on; only one place asks at a time.
    static func begin() -> Bool {
        guard tcgetattr(0, &Self.shown) == 0 else { return false }
        var hidden = Self.shown
        hidden.c_lflag &= ~tcflag_t(ECHO)
        signal(SIGINT) { _ in
            HiddenTyping.show()
            _exit(130)
        }
        return tcsetattr(0, TCSAFLUSH, &hidden) == 0
    }

    static func end() {
        Self.show()
        signal(SIGINT, SIG_DFL)
    }

    private static func show() {
        tcsetattr(0, TCSANOW, &Self.shown)
    }
}
