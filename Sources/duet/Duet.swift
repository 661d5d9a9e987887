import ArgumentParser
import DuetCLI

/// The command line's entry: everything else is in the library, under test.
@main
struct Duet {
    static func main() async {
        await DuetCommand.main()
    }
}
