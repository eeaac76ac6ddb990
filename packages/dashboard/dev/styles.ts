// Of all screens, which bring their own when they are opened; after those that every screen builds on.
import.meta.glob('../src/styles/*.css', { eager: true });
