import ArgumentParser
import SimulatorCLI

/// The simulator's entry: everything else is in the library.
@main
struct DuetSimulator {
    static func main() async {
        HashOrder.adopt()
        await SimulatorCommand.main()
    }
}
