export const metadata = { title: 'Home' };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <script defer src="/p.js" data-site="shop.example" />
      </head>
      <body>{children}</body>
    </html>
  );
}
