import ArgumentParser

/// How a person's consent comes back.
package struct ConnectOptions: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "The browser is on another machine: paste the address that it ends at."
        )
    )
    package var paste = false

    @Option(
        help: ArgumentHelp(
            "The port of this machine that the browser is led back to, as the app has it.",
            valueName: "number"
        )
    )
    package var port = ConsentRequest.usualPort

    package init() {}
}
