// "Runs on your device. Nothing is uploaded.", with what that means behind it.

export function PrivacyLine() {
  return <a href="#/help/privacy">Runs on your device. Nothing is uploaded.</a>;
}
